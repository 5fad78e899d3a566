/* Keys 1, 2 and 3 answer a statement, only while the focus is in the group of buttons, and only
   as long as the reader leaves them on (WCAG 2.1.4). Without this module the buttons still work. */
const STORE = "wv-keys-off";

class WvKeys extends HTMLElement {
  connectedCallback() {
    const group = this.querySelector("[role=group]");
    if (!group || this.querySelector("input")) return;
    const label = document.createElement("label");
    label.className = "wv-check wv-keys";
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = localStorage.getItem(STORE) === null;
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(STORE);
      else localStorage.setItem(STORE, "1");
    });
    const text = document.createElement("span");
    text.textContent = this.dataset.label;
    label.append(box, text);
    this.append(label);
    group.addEventListener("keydown", (event) => {
      if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
      const button = group.querySelectorAll("button")[["1", "2", "3"].indexOf(event.key)];
      if (button) {
        event.preventDefault();
        button.click();
      }
    });
  }
}

customElements.define("wv-keys", WvKeys);
