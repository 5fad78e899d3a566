"""Pages: base page, components, forms renderer, charts and maps as SVG, errors; nobody's domain."""
