"""Knowledge graph of regional health-industry ecosystems from scraped Chinese news pages."""

__version__ = "0.1.0"
