"""The steps of the site build: catalogue, assets, pages."""
