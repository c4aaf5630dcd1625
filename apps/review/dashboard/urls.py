"""The URL of the desk, below that of the admin."""

from django.contrib import admin
from django.urls import path

from apps.review.dashboard.views import desk

urlpatterns = [path("", admin.site.admin_view(desk), name="review_desk")]
