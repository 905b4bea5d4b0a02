{# What theme/languages.js offers each language with, in it: asked for by a page of which the reader's browser is set to another. #}
window.trialpagesLanguages({{ page.of_language|tojson }});
