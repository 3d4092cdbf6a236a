"""Addresses of assets: the desk's, and the one that a label leads to."""

from django.urls import path

from donations.assets.views import book, lists, public, sheets, transfers, verbs

urlpatterns = [
    path("meja/aset/", lists.assets, name="assets"),
    path("meja/aset/buku/", book.asset_book, name="asset_book"),
    path("meja/aset/buku.csv", book.asset_book_csv, name="asset_book_csv"),
    path("meja/aset/buku.xlsx", book.asset_book_xlsx, name="asset_book_xlsx"),
    path("meja/aset/label/", sheets.asset_labels, name="asset_labels"),
    path("meja/aset/label.pdf", sheets.asset_labels_file, name="asset_labels_file"),
    path("meja/aset/bast/<int:pk>/", lists.asset_group, name="asset_group"),
    path("meja/aset/lembar/<int:pk>/", sheets.asset_sheet, name="asset_sheet"),
    path("meja/aset/pengalihan/<int:pk>/", transfers.asset_transfer, name="asset_transfer"),
    path(
        "meja/aset/pengalihan/<int:pk>/<slug:verb>/",
        transfers.asset_transfer_verb,
        name="asset_transfer_verb",
    ),
    path("meja/aset/<int:pk>/", verbs.asset, name="asset"),
    path("meja/aset/<int:pk>/<slug:verb>/", verbs.asset_verb, name="asset_verb"),
    path("foto-aset/<int:pk>/", verbs.asset_photo, name="asset_photo"),
    path("aset/<str:code>/", public.asset_public, name="asset_public"),
    path("aset/<str:code>/foto/<int:pk>/", public.asset_public_photo, name="asset_public_photo"),
]
