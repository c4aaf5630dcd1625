from django.db import migrations


class Migration(migrations.Migration):
    """Redis gives out the turns at outside sources, as it does those at arXiv."""

    dependencies = [("discovery", "0009_listing_orders")]

    operations = [migrations.DeleteModel(name="OutsideSource")]
