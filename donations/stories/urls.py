"""Addresses of gallery and stories. Pictures have none of a language, so that both pages share one copy."""

from django.urls import path

from donations.stories.views import officers, public

urlpatterns = [
    path("galeri/", public.gallery, name="gallery"),
    path("kisah/", public.stories, name="stories"),
    path("kisah/kelola/", officers.stories_desk, name="stories_desk"),
    path("kisah/<int:pk>/", public.story, name="story"),
    path("kisah/<int:pk>/kelola/", officers.story_desk, name="story_desk"),
    path("kisah/<int:pk>/ubah/", officers.story_edit, name="story_edit"),
    path("kisah/<int:pk>/tindakan/<slug:verb>/", officers.story_verb, name="story_verb"),
    path("laporan/<int:pk>/galeri/", officers.handover_clear, name="handover_clear"),
    path("laporan/<int:pk>/kisah/", officers.story_new, name="story_new"),
]
data_urlpatterns = [path("gambar/galeri/<int:pk>.jpg", public.gallery_photo, name="gallery_photo")]
