from django.urls import path

from sabaq.web.learner import certificates

app_name = "learner"
urlpatterns = [
    path("certificate/", certificates.certificate, name="certificate"),
    path("certificate.pdf", certificates.certificate_file, name="certificate_pdf"),
]
