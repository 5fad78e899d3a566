/* A form marked with data-passkey ("create" or "get") asks the browser for a passkey before it is sent,
   and sends along what the browser answers. Without this module the site says that it got none. */
const options = (form) => JSON.parse(document.getElementById(form.dataset.options).textContent);

async function ask(form) {
  const { creation_options: creating, request_options: getting } = options(form);
  return form.dataset.passkey === "create" ? webauthnJSON.create(creating) : webauthnJSON.get(getting);
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const failed = form.querySelector("[data-passkey-failed]");
    failed.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
