"""On every page, what people wrote turns the reading direction of nothing around it.

What is typed is set apart as it comes in (`ui.forms.posted`), and the stylesheet keeps elements apart.
This is for what stands there from before or came in another way.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wijkverbond.kernel.reading_direction import MARKS, isolated

# Between two tags, and in an attribute.
SHOWN = re.compile(f'(?<=>)[^<>]*{MARKS.pattern}[^<>]*(?=<)|(?<==")[^"<>]*{MARKS.pattern}[^"<>]*')

GetResponse = Callable[[HttpRequest], HttpResponse]


def middleware(get_response: GetResponse) -> GetResponse:
    """Let each text of a page with such marks stand apart."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = not response.streaming and response["Content-Type"].startswith("text/html")
        if is_page and MARKS.search(page := response.content.decode()):
            response.content = SHOWN.sub(lambda text: isolated(text[0]), page)
        return response

    return answer
