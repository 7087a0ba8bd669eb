import django.db.models.deletion
import i18nfield.fields
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
                ('revision', models.PositiveIntegerField(default=1)),
                ('needs_donor', models.BooleanField(default=False)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('updated_at', models.DateTimeField(blank=True, null=True)),
                ('published_revision', models.PositiveIntegerField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
            ],
        ),
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(choices=[('handed-on', 'Drafted and handed on'), ('communication', 'Communication officer'), ('representative', 'Representative'), ('donor', 'Donor')], max_length=14)),
                ('revision', models.PositiveIntegerField()),
                ('name', models.CharField(max_length=200)),
                ('given_on', models.DateField()),
                ('way', models.CharField(blank=True, choices=[('signed', 'Signed on paper'), ('e-mail', 'By e-mail'), ('telephone', 'By telephone'), ('in-person', 'In person')], max_length=12)),
                ('recorded_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('void_since', models.DateTimeField(blank=True, null=True)),
                ('void_by', models.CharField(blank=True, max_length=200)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvals', to='newsroom.article')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='ArticleText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('revision', models.PositiveIntegerField(default=1)),
                ('facts', models.JSONField(default=dict)),
                ('drafted_at', models.DateTimeField()),
                ('edited_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='newsroom.article')),
            ],
            options={
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('data', models.BinaryField()),
                ('kind', models.CharField(max_length=4)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('credit', models.CharField(max_length=200)),
                ('alt', i18nfield.fields.I18nCharField(max_length=300)),
                ('agreed_on', models.DateField()),
                ('agreed_way', models.CharField(choices=[('signed', 'Signed on paper'), ('e-mail', 'By e-mail'), ('telephone', 'By telephone'), ('in-person', 'In person')], max_length=12)),
                ('recorded_by', models.CharField(max_length=200)),
                ('recorded_at', models.DateTimeField()),
                ('is_current', models.BooleanField(default=True)),
                ('is_published', models.BooleanField(default=False)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='newsroom.article')),
            ],
        ),
        migrations.CreateModel(
            name='PublishedText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('title', models.CharField(max_length=300)),
                ('blocks', models.JSONField()),
                ('summary', models.CharField(max_length=300)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='published', to='newsroom.article')),
            ],
            options={
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='Quote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('key', models.SlugField(max_length=80)),
                ('name', i18nfield.fields.I18nCharField(max_length=200)),
                ('function', i18nfield.fields.I18nCharField(max_length=300)),
                ('text', i18nfield.fields.I18nTextField()),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('approved_by', models.CharField(blank=True, max_length=200)),
                ('approved_on', models.DateField(blank=True, null=True)),
                ('approved_way', models.CharField(blank=True, choices=[('signed', 'Signed on paper'), ('e-mail', 'By e-mail'), ('telephone', 'By telephone'), ('in-person', 'In person')], max_length=12)),
                ('recorded_by', models.CharField(blank=True, max_length=200)),
                ('recorded_at', models.DateTimeField(blank=True, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quotes', to='newsroom.article')),
                ('contributor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='courses.contributor')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('published_revision__isnull', True)), models.Q(('published_at__isnull', False), ('published_revision__isnull', False)), _connector='OR'), name='published_article_has_a_revision'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), ('published_at__isnull', False), _connector='OR'), name='only_published_article_is_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.UniqueConstraint(condition=models.Q(('void_since__isnull', True)), fields=('article', 'step'), name='one_valid_approval_per_step'),
        ),
        migrations.AddConstraint(
            model_name='approval',
            constraint=models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='approval_has_a_name'),
        ),
        migrations.AddConstraint(
            model_name='articletext',
            constraint=models.UniqueConstraint(fields=('article', 'language'), name='one_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(condition=models.Q(('is_current', True)), fields=('article',), name='one_current_photo'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.UniqueConstraint(condition=models.Q(('is_published', True)), fields=('article',), name='one_published_photo'),
        ),
        migrations.AddConstraint(
            model_name='photo',
            constraint=models.CheckConstraint(condition=models.Q(('credit', ''), _negated=True), name='photo_has_a_credit'),
        ),
        migrations.AddConstraint(
            model_name='publishedtext',
            constraint=models.UniqueConstraint(fields=('article', 'language'), name='one_published_text_per_language'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.UniqueConstraint(fields=('article', 'key'), name='quote_key_in_article'),
        ),
        migrations.AddConstraint(
            model_name='quote',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('approved_by', ''), ('approved_on__isnull', True), ('approved_way', '')), models.Q(('approved_on__isnull', False), models.Q(('approved_by', ''), _negated=True), models.Q(('approved_way', ''), _negated=True)), _connector='OR'), name='quote_is_approved_by_whom_when_and_how'),
        ),
    ]
