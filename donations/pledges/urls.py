from django.urls import path

from donations.pledges.views import basket, flow, own, own_csv, repeats, start

urlpatterns = [
    path("kebutuhan/<int:pk>/ikrar/", start.pledge_start, name="pledge_start"),
    path("ikrar/", own.pledges, name="pledges"),
    path("ikrar/unduh.csv", own_csv.pledges_csv, name="pledges_csv"),
    path("ikrar/tempatkan/", start.wish, name="wish"),
    path("ikrar/tawarkan/", start.offer, name="offer"),
    path("ikrar/hitung/", start.pledge_sum, name="pledge_sum"),
    path("ikrar/isian/<uuid:key>/pindah/", basket.pledge_aim, name="pledge_aim"),
    path("ikrar/isian/<uuid:key>/hapus/", basket.pledge_drop, name="pledge_drop"),
    path("ikrar/isian/<uuid:key>/baris/<int:pk>/", basket.pledge_line, name="pledge_line"),
    path("ikrar/isian/<uuid:key>/<slug:step>/", flow.pledge_step, name="pledge_step"),
    path("ikrar/ulangan/<int:pk>/<slug:verb>/", repeats.repeat_verb, name="repeat_verb"),
    path("ikrar/<int:pk>/", own.pledge, name="pledge"),
    path("ikrar/<int:pk>/terkirim/", own.pledge_thanks, name="pledge_thanks"),
]
