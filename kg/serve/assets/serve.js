// The query page: YASGUI on this server only, examples at a click, links that lead to pages of this server.
"use strict";
(() => {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const notice = document.getElementById("notice");
  const endpoint = new URL("/sparql", location.href).href;
  const { Yasqe, Yasr } = Yasgui;

  // Its own completers ask prefix.cc and LOV; these know what this server has, and ask nobody.
  const known = { class: settings.classes, property: settings.properties };
  for (const name of ["class", "property"]) {
    const own = Yasqe.Autocompleters[name];
    Yasqe.registerAutocompleter({ ...own, name: `here-${name}`, bulk: false, persistenceId: undefined,
      get: (_editor, token) => {
        const start = (token && token.autocompletionString) || "";
        return known[name].filter((iri) => iri.startsWith(start));
      } }, false);
  }
  Yasqe.defaults.autocompleters = ["variables", "here-class", "here-property"];
  Yasqe.defaults.value = settings.examples[settings.first];
  Yasqe.defaults.createShortLink = undefined;

  // A link may bring a query, but not another server to ask.
  const elsewhere = /([#&])endpoint=[^&]*/;
  if (elsewhere.test(location.hash)) {
    history.replaceState(null, "", location.hash.replace(elsewhere, `$1endpoint=${encodeURIComponent(endpoint)}`));
  }

  const yasgui = new Yasgui(document.getElementById("yasgui"), {
    requestConfig: { endpoint, method: "POST" },
    endpointCatalogueOptions: { getData: () => [] },
    copyEndpointOnNewTab: true,
    persistenceId: "union-news-kg",
    tabName: document.querySelector(".examples a").textContent,
    yasr: { ...Yasgui.defaults.yasr, prefixes: settings.prefixes },
  });

  const say = (text) => {
    notice.textContent = text;
    notice.hidden = !text;
  };

  const watch = (tab) => {
    tab.setEndpoint(endpoint); // whatever a link or an older visit says
    const editor = tab.getYasqe();
    editor.on("query", () => say(""));
    editor.on("queryResponse", (_editor, response) => {
      const headers = response && response.headers;
      const count = headers && (headers.get ? headers.get("kg-truncated") : headers["kg-truncated"]);
      if (count) say(settings.cut.replace("{count}", count));
    });
  };
  const seen = new WeakSet();
  const tend = () => {
    const tab = yasgui.getTab();
    if (tab && !seen.has(tab)) {
      seen.add(tab);
      watch(tab);
    }
    return tab;
  };
  yasgui.on("tabSelect", () => setTimeout(tend));
  yasgui.on("tabAdd", () => setTimeout(tend));

  const show = (name, run) => {
    const tab = tend();
    tab.getYasqe().setValue(settings.examples[name]);
    tab.setName(settings.titles[name]);
    for (const link of document.querySelectorAll(".example")) {
      if (link.dataset.name === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (run) tab.getYasqe().query().catch(() => {});
  };
  for (const link of document.querySelectorAll(".example")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(link.dataset.name, true);
    });
  }

  // An IRI of the data is looked at on this server, wherever its base says that it lives.
  document.getElementById("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && link.getAttribute("href").startsWith(settings.base)) {
      link.href = "/page/" + link.getAttribute("href").slice(settings.base.length);
    }
  }, true);

  document.getElementById("plain").hidden = true;
  tend();
  if (settings.chosen) show(settings.first, false);
  document.body.dataset.ready = "yes";
})();
