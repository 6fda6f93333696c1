// Where there is no WebGL sigma cannot even be loaded: as it starts it asks for two names and for a limit of the card.
// Until it is loaded it is given these; then the page finds out by itself that no picture can be made.
for (const name of ["WebGLRenderingContext", "WebGL2RenderingContext"]) {
  if (!(name in window)) window[name] = class {};
}
window.getRealContext = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function getContext(kind, ...more) {
  const found = window.getRealContext.call(this, kind, ...more);
  return found || (kind.startsWith("webgl") ? { canvas: this, getParameter: () => 1024 } : null);
};
