"""The demo company: Meridian Tools, its customers, partners and suppliers, and what they wrote."""
