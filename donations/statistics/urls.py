from django.urls import path

from donations.statistics import views

urlpatterns = [
    path("statistik/", views.statistics, name="statistics"),
    path("definisi/", views.definitions, name="definitions"),
]
data_urlpatterns = [
    path("data/statistics.csv", views.statistics_csv, name="statistics_csv"),
    path("data/statistics.json", views.statistics_json, name="statistics_json"),
]
