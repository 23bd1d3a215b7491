"""A plain Django project as one starts it, with the ORM: the page that the product's pages are measured against."""
