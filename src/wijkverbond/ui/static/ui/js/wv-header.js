/* What is folded out in the header closes with Escape, and when one goes on elsewhere on the page.
   Without this module a second press of the same button closes it. */
const folded = () => document.querySelectorAll("header details[open]");

function leave(event) {
  for (const details of folded()) if (!details.contains(event.target)) details.open = false;
}

document.addEventListener("click", leave);
document.addEventListener("focusin", leave);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const details of folded()) {
    const inside = details.contains(document.activeElement);
    details.open = false;
    if (inside) details.querySelector("summary").focus();
  }
});
