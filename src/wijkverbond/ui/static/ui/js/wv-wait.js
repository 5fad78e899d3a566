/* What waits its turn goes on by itself once the wait is over. Without this module its button does that. */
const waiting = document.querySelector("form[data-wait]");
if (waiting) setTimeout(() => waiting.requestSubmit(), Number(waiting.dataset.wait) * 1000);
