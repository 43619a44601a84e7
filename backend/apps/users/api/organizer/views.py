"""The signed-in user's own account."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from apps.common.api.signed_in import signed_in_user
from apps.users.api.organizer.serializers import AccountSerializer, ProfileSerializer
from apps.users.services import update_profile


class MeView(APIView):
    """`users/me/`."""

    @extend_schema(operation_id="get_me", responses=AccountSerializer)
    def get(self, request: Request) -> Response:
        """The signed-in user."""
        return Response(AccountSerializer(request.user).data)

    @extend_schema(operation_id="update_me", request=ProfileSerializer, responses=AccountSerializer)
    def patch(self, request: Request) -> Response:
        """Change what is given; the rest stays."""
        profile = ProfileSerializer(data=request.data, partial=True)
        profile.is_valid(raise_exception=True)
        user = update_profile(user=signed_in_user(request), changes=profile.validated_data)
        return Response(AccountSerializer(user).data)
