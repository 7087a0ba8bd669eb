import django.db.models.deletion
import i18nfield.fields
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('enrolment', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyAnswer',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('survey', models.SlugField(max_length=80)),
                ('question', models.CharField(max_length=80)),
                ('choice', models.CharField(max_length=80)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
            ],
        ),
        migrations.CreateModel(
            name='SurveyPool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('survey', models.SlugField(max_length=80)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('closed_on', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
            ],
        ),
        migrations.CreateModel(
            name='SurveySheet',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('sealed', models.BinaryField()),
                ('pool', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sheets', to='feedback.surveypool')),
            ],
        ),
        migrations.CreateModel(
            name='Commitment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.TextField()),
                ('by_when', models.DateField(blank=True, null=True)),
                ('support', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('deed', ''), _negated=True), name='commitment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='SurveyComment',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('survey', models.SlugField(max_length=80)),
                ('question', models.CharField(max_length=80)),
                ('original', models.TextField()),
                ('masked', models.TextField(blank=True)),
                ('wording', i18nfield.fields.I18nTextField(blank=True, default='')),
                ('translator', models.CharField(blank=True, max_length=200)),
                ('theme', models.CharField(blank=True, choices=[('content', 'Content'), ('teaching', 'Trainers and methods'), ('language', 'Languages and interpretation'), ('technology', 'Technology and connection'), ('organisation', 'Time and organisation'), ('at-work', 'Use at work'), ('other', 'Something else')], max_length=20)),
                ('released_on', models.DateField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
            ],
            options={
                'ordering': ['key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('released_on', None), models.Q(('masked', ''), ('translator', ''), ('theme', ''), _connector='OR', _negated=True), _connector='OR'), name='released_comment_is_complete')],
            },
        ),
        migrations.CreateModel(
            name='SurveyMark',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('survey', models.SlugField(max_length=80)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'survey'), name='one_mark_per_survey')],
            },
        ),
        migrations.AddConstraint(
            model_name='surveypool',
            constraint=models.UniqueConstraint(fields=('edition', 'survey'), name='one_pool_per_survey'),
        ),
    ]
