"""What a reader may choose on the market's pages. An invalid choice counts as none."""

from django import forms

from market.domain import DEFAULT_SORT, SORTS

LONGEST_SEARCH = 50


class ListForm(forms.Form):
    """Search, order and choice of the list, all in the address."""

    q = forms.CharField(label="Search", required=False, max_length=LONGEST_SEARCH)
    sort = forms.ChoiceField(required=False, choices=[(sort, sort) for sort in SORTS])
    watched = forms.BooleanField(required=False)

    @property
    def words(self) -> str:
        return str(self._chosen("q", ""))

    @property
    def order(self) -> str:
        return str(self._chosen("sort", DEFAULT_SORT))

    @property
    def only_starred(self) -> bool:
        return bool(self._chosen("watched", False))

    def _chosen(self, name: str, default: object) -> object:
        self.is_valid()
        return self.cleaned_data.get(name) or default


class StarForm(forms.Form):
    """Adding or removing a star."""

    watch = forms.ChoiceField(choices=[("on", "on"), ("off", "off")])
    next = forms.CharField(required=False)
