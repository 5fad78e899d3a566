"""What every page is built from: base page, components, look, charts and maps."""
