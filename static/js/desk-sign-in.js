/* Signing in again in place: the desk's own sign-in page, sent from a dialog, so that the form stays as it is. */
const form = document.querySelector("#article_form");

form?.addEventListener("desk:sign-in", async () => {
  const page = await read(await fetch("/admin/login/"));
  const fields = page?.querySelector("#login-form");
  if (!fields) return goOn(page); // done in another tab already
  const dialog = document.createElement("dialog");
  dialog.className = "desk-dialog sign-in";
  dialog.setAttribute("aria-labelledby", "sign-in-again");
  const title = Object.assign(document.createElement("h2"), { id: "sign-in-again", textContent: form.querySelector("desk-autosave").dataset.signIn });
  const said = Object.assign(document.createElement("p"), { className: "said" });
  said.setAttribute("role", "alert");
  fields.prepend(title, said);
  dialog.append(document.adoptNode(fields));
  fields.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await read(await fetch("/admin/login/", { method: "POST", body: new URLSearchParams(new FormData(fields)) }));
    const again = answer.querySelector("#login-form");
    if (!again) {
      dialog.close();
      return goOn(answer);
    }
    fields.elements.csrfmiddlewaretoken.value = again.elements.csrfmiddlewaretoken.value;
    said.textContent = answer.querySelector(".errornote")?.textContent.trim() ?? "";
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  fields.elements.username?.focus();
});

/* A new session has a new key for its forms: the page shown after signing in has it. Another person's is not taken: what was
   typed here would be saved under their name. */
function goOn(page) {
  const who = page.querySelector("#user-tools [data-user]");
  if (who && who.dataset.user !== form.querySelector("desk-autosave").dataset.user) {
    return form.dispatchEvent(new CustomEvent("desk:other-person", { detail: who.textContent }));
  }
  const token = page.querySelector("[name=csrfmiddlewaretoken]")?.value;
  for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) if (token) field.value = token;
  form.dispatchEvent(new CustomEvent("desk:signed-in"));
}

const read = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
