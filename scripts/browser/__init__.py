"""Opens pages in Chromium and checks them, for scripts/test-page."""
