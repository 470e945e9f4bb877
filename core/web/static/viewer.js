// Reads one PDF with pdf.js. Every way it can fail has a sentence of its own.
const frame = document.body;
const assets = new URL(frame.dataset.assets, location.href);
const words = document.getElementById("words").dataset;
const told = document.getElementById("told");
const pageInput = document.getElementById("page");

const lib = await import(new URL("build/pdf.min.mjs", assets));
globalThis.pdfjsLib = lib; // the viewer's components look for it there
const parts = await import(new URL("web/pdf_viewer.mjs", assets));
lib.GlobalWorkerOptions.workerSrc = new URL("build/pdf.worker.min.mjs", assets).href;

const bus = new parts.EventBus();
const links = new parts.PDFLinkService({ eventBus: bus, externalLinkEnabled: false });
const viewer = new parts.PDFViewer({
  container: document.getElementById("container"), eventBus: bus, linkService: links,
  annotationMode: lib.AnnotationMode.ENABLE, imageResourcesPath: new URL("web/images/", assets).href,
});
links.setViewer(viewer);

bus.on("pagesinit", () => { viewer.currentScaleValue = "page-width"; told.textContent = ""; frame.dataset.ready = "yes"; });
bus.on("pagechanging", (event) => { pageInput.value = event.pageNumber; });
pageInput.addEventListener("change", () => { viewer.currentPageNumber = Number(pageInput.value) || 1; });
document.getElementById("bar").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.step) viewer.currentPageNumber += Number(button.dataset.step);
  if (button.dataset.zoom) viewer.currentScale *= Number(button.dataset.zoom);
  if ("fit" in button.dataset) viewer.currentScaleValue = "page-width";
});

const slow = setTimeout(() => { told.textContent = words.slow; }, 30000);
// What is stored nowhere (a preview) comes within the page.
const inline = document.getElementById("paper")?.content.textContent.trim();
const source = inline ? { data: Uint8Array.from(atob(inline), (char) => char.charCodeAt(0)) } : { url: frame.dataset.source };
try {
  const document_ = await lib.getDocument({
    ...source, cMapUrl: new URL("cmaps/", assets).href, cMapPacked: true, enableXfa: false, isEvalSupported: false,
    standardFontDataUrl: new URL("standard_fonts/", assets).href, wasmUrl: new URL("wasm/", assets).href, iccUrl: new URL("iccs/", assets).href,
  }).promise;
  document.getElementById("pages").textContent = document_.numPages;
  pageInput.max = document_.numPages;
  viewer.setDocument(document_);
  links.setDocument(document_, null);
} catch (error) {
  const known = { InvalidPDFException: "invalid", PasswordException: "password", MissingPDFException: "missing", ResponseException: "missing" };
  told.textContent = words[known[error.name] || "other"];
  frame.dataset.failed = error.name;
} finally {
  clearTimeout(slow);
}
