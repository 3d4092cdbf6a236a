from django.urls import path

from donations.handovers.views import document, enclosed, officers, public, report

urlpatterns = [
    path("pengiriman/<int:pk>/laporan/", report.report_start, name="report_start"),
    path("pengiriman/<int:pk>/laporan/bekal/", report.report_kit, name="report_kit"),
    path("pengiriman/<int:pk>/laporan/<slug:step>/", report.report_blank, name="report_blank"),
    path("laporan/menunggu/", report.report_queue, name="report_queue"),
    path("laporan/gerbang/", report.report_gate, name="report_gate"),
    path("laporan/<int:pk>/", officers.handover_detail, name="handover"),
    path("laporan/<int:pk>/berita-acara.pdf", document.handover_document, name="handover_document"),
    path("laporan/<int:pk>/tanda-terima/", report.report_receipt, name="report_receipt"),
    path(
        "laporan/<int:pk>/lembar/<int:sheet>/hapus/", enclosed.report_sheet_remove, name="report_sheet_remove"
    ),
    path(
        "laporan/<int:pk>/daftar/<int:listed>/hapus/", enclosed.report_list_remove, name="report_list_remove"
    ),
    path("lembar/<int:pk>/", enclosed.handover_sheet, name="handover_sheet"),
    path("daftar-penerima/<int:pk>/", enclosed.handover_list, name="handover_list"),
    path("laporan/<int:pk>/foto/<int:photo>/hapus/", report.report_photo_remove, name="report_photo_remove"),
    path("laporan/<int:pk>/foto/<int:photo>/", officers.handover_look, name="handover_look"),
    path("laporan/<int:pk>/tindakan/<slug:verb>/", officers.handover_verb, name="handover_verb"),
    path("laporan/<int:pk>/<slug:step>/", report.report_step, name="report_step"),
    path("foto/<int:pk>/", officers.handover_photo, name="handover_photo"),
    path("bast/", public.bast_lookup, name="bast_lookup"),
    path("bast/<str:code>/", public.bast, name="bast"),
    path("bast/<str:code>/foto/<int:pk>/", public.bast_photo, name="bast_photo"),
]
