"""The staff's view of trading: everyone's transactions, the holders of an asset, and the activity of the site."""
