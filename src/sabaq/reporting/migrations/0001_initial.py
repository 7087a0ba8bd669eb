import django.db.models.deletion
import sabaq.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Annex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('recipient', models.CharField(max_length=200)),
                ('organisation', models.CharField(max_length=200)),
                ('reason', models.CharField(max_length=500)),
                ('language', models.CharField(max_length=2)),
                ('issued_by', models.CharField(max_length=200)),
                ('issued_at', models.DateTimeField()),
                ('document', models.BinaryField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.edition')),
            ],
            options={
                'ordering': ['-issued_at', '-id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('recipient', ''), _negated=True), models.Q(('organisation', ''), _negated=True), models.Q(('reason', ''), _negated=True)), name='annex_names_recipient_and_reason')],
            },
        ),
    ]
