"""Quotas: what users keep is counted, limited, shown and counted again."""
