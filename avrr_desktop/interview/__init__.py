"""
The XLSForm engine: source to definition to running form. No Qt, no SQL.

| module | holds |
|---|---|
| convert | Markdown or .xlsx to XForm XML, through pyxform |
| xform, markup, itext | XForm XML to a definition |
| definition | what a form is once understood |
| syntax, xpath, referring | expressions to closures, and what they read |
| functions, core, numbers, odk, dates, geography, patterns | the functions an expression may call |
| document | any XML document, for one expression without a form |
| tables | Markdown to workbook and back |
| lookup | rows of long lists by column |
| tree, values | nodes, axes, conversions and comparisons |
| order, passes | dependency order and recomputation |
| instance, answers, reading, model, speech, submission | the running form |
| lint | what an author must hear first |
| limits, errors | what is refused, by name |

Source: FORMS.md.
"""
