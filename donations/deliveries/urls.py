from django.urls import path

from donations.deliveries import views

urlpatterns = [
    path("pengiriman/", views.delivery_list, name="deliveries"),
    path("pengiriman/rencana/", views.delivery_plan, name="delivery_plan"),
    path("pengiriman/<int:pk>/", views.delivery_detail, name="delivery"),
    path("pengiriman/<int:pk>/surat-jalan/", views.delivery_note, name="delivery_note"),
    path("pengiriman/<int:pk>/baris/<int:line>/<slug:verb>/", views.shortfall, name="shortfall"),
    path("pengiriman/<int:pk>/<slug:verb>/", views.delivery_verb, name="delivery_verb"),
]
