"""How CKEditor is set up: read by newsroom/settings.py, so nothing of Django is imported here."""

# What is ours: static/js/editor/<name>.js each.
PLUGINS = ["desk", "figure", "speaker", "factbox", "storylink", "player", "wordcount"]

_REMOVED = (
    "image,uploadimage,exportpdf,scayt,wsc,flash,iframe,forms,print,save,newpage,preview,templates,smiley,about,"
    "language,bidi,colorbutton,colordialog,font,div,pagebreak,filebrowser,justify,showblocks,copyformatting,"
    "dialogadvtab,stylescombo,elementspath,indentblock,liststyle,resize,link,wysiwygarea,editorplaceholder,format,blockquote"
)

_COMMON = {
    "removePlugins": _REMOVED,
    "format_tags": "p;leadin;h2;h3",
    "width": "100%",
    "height": "auto",
    "entities": False,
    "basicEntities": True,
    "disableNativeSpellChecker": False,
    "disableNativeTableHandles": True,
    "forcePasteAsPlainText": False,
    "pasteFromWordRemoveFontStyles": True,
    "pasteFromWordRemoveStyles": True,
    # What cleaning would take out; the dialogs have no field for it.
    "disallowedContent": "*{*};*[on*];script;style;table[align,border,cellpadding,cellspacing,summary]",
    "linkDefaultProtocol": "https://",
    "removeDialogTabs": "table:advanced",
    "dialog_noConfirmCancel": True,
    "toolbarCanCollapse": False,
    "title": False,
    "undoStackSize": 100,
    "fillEmptyBlocks": True,
    "coreStyles_strike": {"element": "s", "overrides": ["strike", "del"]},
    "contentsCss": [],
    "skin": "moono-lisa",
}

_TEXT = ["Paragraph", "Bold", "Italic"]
_LISTS = ["BulletedList", "NumberedList"]
_REST = ["RemoveFormat", "-", "Undo", "Redo", "Find", "Maximize", "Source"]

CKEDITOR_CONFIGS = {
    "article": {
        **_COMMON,
        "extraPlugins": "divarea,widget," + ",".join(PLUGINS),
        "toolbar": [
            _TEXT,
            ["StoryLink"],
            ["Speaker", *_LISTS, "FactBox", "Table"],
            ["Figure", "Player", "HorizontalRule"],
            ["Guillemets", "Superscript", "Subscript", "SpecialChar"],
            _REST,
        ],
        "extraAllowedContent": (
            "p(lead-in);h2 h3 cite code s hr;abbr[title,lang];blockquote;footer;aside(fact-box);figcaption;"
            "figure(align-left,align-right,wide)[data-image,data-embed];img[data-image,!src,alt];"
            "a[href,rel,hreflang,data-article];th[scope,colspan,rowspan];td[colspan,rowspan];caption"
        ),
    },
    "plain": {
        **_COMMON,
        "format_tags": "p;h2;h3",
        "extraPlugins": "divarea,widget,desk,speaker,storylink,wordcount",
        "toolbar": [
            _TEXT,
            ["StoryLink"],
            ["Speaker", *_LISTS, "Table", "HorizontalRule"],
            ["Guillemets", "Superscript", "Subscript", "SpecialChar"],
            _REST,
        ],
        "extraAllowedContent": (
            "h2 h3 cite code s hr;abbr[title,lang];blockquote;footer;a[href,rel,hreflang,data-article];"
            "th[scope,colspan,rowspan];td[colspan,rowspan];caption"
        ),
    },
}
