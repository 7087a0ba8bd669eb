import django.db.models.deletion
import sabaq.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('enrolment', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('test', models.SlugField(max_length=80)),
                ('phase', models.CharField(choices=[('before', 'before the course'), ('after', 'after the course')], default='before', max_length=6)),
                ('form', models.CharField(blank=True, choices=[('A', 'A'), ('B', 'B')], max_length=1)),
                ('seed', models.PositiveIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('handed_in_at', models.DateTimeField(blank=True, null=True)),
                ('lapsed', models.BooleanField(default=False)),
                ('correct', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('total', models.PositiveSmallIntegerField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attempts', to='enrolment.enrolment')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.courseversion')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=80)),
                ('option', models.CharField(max_length=80)),
                ('answered_at', models.DateTimeField()),
                ('attempt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='assessment.attempt')),
            ],
        ),
        migrations.AddConstraint(
            model_name='attempt',
            constraint=models.UniqueConstraint(fields=('enrolment', 'test', 'phase'), name='one_attempt_per_test_and_phase'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('attempt', 'item'), name='one_answer_per_item'),
        ),
    ]
