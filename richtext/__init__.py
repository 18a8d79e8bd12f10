"""Text as it is cleaned, stored, edited and shown. The one place that knows which editor is in use."""
