"""The first wording of every notice. Later wordings are written in the admin."""

from django.db import migrations
from django.utils import timezone

FIRST_WORDINGS = {
    ("disclaimer", "ja"): (
        "本サイトの情報と翻訳は参考のために提供するものであり、運営者はその正確性、完全性、"
        "有用性を含め、品質を一切保証しない。本サイト（すべての情報と翻訳を含む）を利用した"
        "結果として生じたいかなる事柄についても、運営者は責任を負わない。"
        "正式な内容は、必ずarXivにある原論文で確かめること。"
    ),
    ("disclaimer", "en"): (
        "The information and translations on this site are offered for reference. The operator "
        "gives no guarantee of their quality, including whether they are correct, complete or "
        "useful, and accepts no liability whatsoever for anything that results from using this "
        "site, all information and translations included. For the authoritative text, always "
        "consult the original paper on arXiv."
    ),
    ("machine", "ja"): (
        "翻訳は文ごとに機械翻訳または翻訳メモリで作成したもので、誤訳、訳抜け、用語の誤りを"
        "含むことがある。校閲済みの印がない文章は、人による確認を受けていない。"
        "どの文を何が訳したかは、文ごとに示している。"
    ),
    ("machine", "en"): (
        "Translations are made sentence by sentence by machine translation or from a translation "
        "memory, and may contain mistranslations, omissions and wrong terms. Text that is not "
        "marked as reviewed has not been checked by a person. What made each sentence is shown "
        "sentence by sentence."
    ),
    ("related", "ja"): (
        "関連論文リストは、本サイトにある論文の題名と要旨から自動的に作成したもので、"
        "人が選んだものではない。引用関係を示すものでもない。"
    ),
    ("related", "en"): (
        "The list of related papers is made automatically from the titles and abstracts of the "
        "papers on this site. Nobody picked them, and they need not cite one another."
    ),
    ("score", "ja"): (
        "参考スコアは、公開されている計算式により論文のメタデータから本サイトが独自に算出した"
        "注目度の目安である。研究の質や正しさを評価するものではない。"
    ),
    ("score", "en"): (
        "The reference score is this site's own estimate of how much attention a paper may get, "
        "computed from its metadata by a published formula. It does not judge the quality or the "
        "correctness of the research."
    ),
}


def add_first_wordings(apps, schema_editor):
    """Add version 1 of every notice that has no wording yet."""
    Notice = apps.get_model("public", "Notice")
    now = timezone.now()
    for (key, language), text in FIRST_WORDINGS.items():
        if not Notice.objects.filter(key=key, language=language).exists():
            Notice.objects.create(
                key=key, language=language, version=1, text=text, created_at=now
            )


class Migration(migrations.Migration):
    """Runs after the table exists; going back leaves the wordings to the table's own removal."""

    dependencies = [("public", "0001_initial")]

    operations = [migrations.RunPython(add_first_wordings, migrations.RunPython.noop)]
