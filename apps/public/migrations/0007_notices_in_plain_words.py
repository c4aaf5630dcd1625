"""A second wording of the first notices: です・ます in Japanese like every page, plainer English.

A notice that an editor has worded since keeps that wording.
"""

from importlib import import_module

from django.db import migrations
from django.utils import timezone

SECOND_WORDINGS = {
    ("disclaimer", "ja"): (
        "本サイトの情報と翻訳は、参考のために提供するものです。運営者は、その正確性、完全性、有用性を"
        "含め、品質を一切保証しません。本サイト（すべての情報と翻訳を含む）を利用した結果として生じた"
        "いかなる事柄についても、運営者は責任を負いません。正式な内容は、必ずarXivの原論文で"
        "確認してください。"
    ),
    ("machine", "ja"): (
        "翻訳は、文ごとに機械翻訳または翻訳メモリ（登録済みの訳文）で作成したもので、誤訳、訳抜け、"
        "用語の誤りを含むことがあります。「校閲済み」のラベルがない訳文は、人による確認を受けて"
        "いません。どの方法（エンジン）で訳したかは、文ごとに表示しています。"
    ),
    ("machine", "en"): (
        "Translations are made sentence by sentence by machine translation or from a translation "
        "memory, and may contain mistranslations, omissions and wrong terms. Text that is not "
        "marked as reviewed has not been checked by a person. How each sentence was translated is "
        "shown with the sentence."
    ),
    ("related", "ja"): (
        "関連論文リストは、本サイトにある論文のタイトルと要旨から自動的に作成したもので、"
        "人が選んだものではありません。引用関係を示すものでもありません。"
    ),
    ("related", "en"): (
        "The list of related papers is made automatically from the titles and abstracts of the "
        "papers on this site, not by people. The papers do not necessarily cite one another."
    ),
    ("score", "ja"): (
        "参考スコアは、公開されている計算式により、論文のメタデータから本サイトが独自に算出した"
        "注目度の目安です。研究の質や正しさを評価するものではありません。"
    ),
}


def add_second_wordings(apps, schema_editor):
    """Add a version to every notice that still says what the first migration wrote."""
    first = import_module("apps.public.migrations.0002_first_notices").FIRST_WORDINGS
    Notice = apps.get_model("public", "Notice")
    now = timezone.now()
    for (key, language), text in SECOND_WORDINGS.items():
        latest = Notice.objects.filter(key=key, language=language).order_by("-version").first()
        if latest is not None and latest.text == first[key, language]:
            Notice.objects.create(
                key=key,
                language=language,
                version=latest.version + 1,
                text=text,
                created_at=now,
            )


class Migration(migrations.Migration):
    """Going back leaves the wordings: the table keeps what the site declared."""

    dependencies = [("public", "0006_exports")]

    operations = [migrations.RunPython(add_second_wordings, migrations.RunPython.noop)]
