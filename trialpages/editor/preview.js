// Follows the preview server: reloads the page, swaps style sheets in place, shows what is wrong.
// Only the server adds this file to a page; it is no part of the built site.
"use strict";
(() => {
  let version = Number(document.currentScript.dataset.version);
  let overlay = null;

  const say = (problems) => {
    if (overlay) overlay.remove();
    overlay = null;
    if (!problems.length) return;
    overlay = document.createElement("trialpages-problems");
    const root = overlay.attachShadow({ mode: "open" });
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = "/-trialpages/preview.css";
    const box = document.createElement("div");
    box.setAttribute("role", "alert");
    const title = document.createElement("h2");
    title.textContent = "The page behind this is the last good one";
    const close = document.createElement("button");
    close.type = "button";
    close.textContent = "Hide";
    close.addEventListener("click", () => overlay.remove());
    box.append(title, close);
    for (const problem of problems) {
      const text = document.createElement("pre");
      text.textContent = problem; // never as HTML: file names and texts are not to be trusted
      box.append(text);
    }
    root.append(style, box);
    document.body.append(overlay);
  };

  // assets/site.1a2b3c4d.css -> assets/site
  const stem = (path) => path.replace(/\.[0-9a-f]{8}\.css$/, "");

  const swap = (styles) => {
    for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
      const path = new URL(old.href).pathname.slice(1);
      const fresh = styles.find((name) => stem(name) === stem(path));
      if (!fresh || fresh === path) continue;
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = "/" + fresh;
      link.addEventListener("load", () => old.remove());
      old.after(link);
    }
  };

  const place = "trialpages-preview-place";
  const reload = () => {
    sessionStorage.setItem(place, JSON.stringify([location.href, scrollX, scrollY]));
    location.reload();
  };
  const back = () => {
    const [address, x, y] = JSON.parse(sessionStorage.getItem(place) || "[]");
    sessionStorage.removeItem(place);
    if (address === location.href) scrollTo({ left: x, top: y, behavior: "instant" });
  };

  // The path of the open page in the site, as the server finds it.
  const here = () => {
    let path = "";
    try { path = decodeURIComponent(location.pathname).slice(1); } catch { /* `%ff` is no page */ }
    if (path === "" || path.endsWith("/")) return path + "index.html";
    return /\.\w+$/.test(path) ? path : path + ".html";
  };

  const follow = (event) => {
    const state = JSON.parse(event.data);
    say(state.problems);
    if (state.version === version) return;
    const next = state.version === version + 1;
    version = state.version;
    if (next && state.stylesOnly) swap(state.styles);
    else if (!next || !state.paths.length || state.paths.includes(here())) reload();
  };

  back();
  new EventSource("/-trialpages/events").addEventListener("message", follow);
})();
