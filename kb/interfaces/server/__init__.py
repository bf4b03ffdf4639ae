"""The server: who may do what, and how programs and the page are served safely.

`serving.serve` takes `settings.ServerSettings` and returns when the server is stopped. `app.build_app` makes the
application: the page of `kb.interfaces.web` mounted in FastAPI beside REST (`api`), tools for assistants (`tools`) and
the papers' own files (`files`). In front of all of it, Gradio's routes included, stands one `gate.Gate`: it checks the
host, the size of what is sent, the visitor (`visitors`) and the visitor's role (`rules`), and adds the security headers
(`headers`) to every answer. Never: a route that is reached without passing the gate.
"""
