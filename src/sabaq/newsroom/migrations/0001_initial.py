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
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('language', models.CharField(max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('drafted_at', models.DateTimeField()),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='articles', to='courses.edition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'language'), name='one_article_per_language')],
            },
        ),
    ]
