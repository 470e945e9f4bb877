"""The style sheets, scripts and drawings that pages load: other people's, fetched from their packages at set-up."""
