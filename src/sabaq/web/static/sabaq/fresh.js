/* <sabaq-fresh>: a part of a page that shows what the page has come to say meanwhile. One question for all of them,
   every half minute while somebody looks. A part in which somebody stands with the keyboard waits until she has left. */
async function look() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = document.querySelectorAll("sabaq-fresh");
    page.querySelectorAll("sabaq-fresh").forEach(({ innerHTML: now }, place) => {
      const part = parts[place];
      if (part && part.innerHTML !== now && !part.contains(document.activeElement)) part.innerHTML = now;
    });
  } catch {
    // The network is away: what stands here stays, and is asked for again.
  }
}

setInterval(look, 30000);
