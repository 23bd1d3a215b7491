"""Forms of the pages that belong to no single app."""

from django import forms

from core.accounts.domain import THEMES


class AppearanceForm(forms.Form):
    """Theme and privacy mode; each may be sent alone."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    privacy = forms.ChoiceField(choices=[("on", "on"), ("off", "off")], required=False)
