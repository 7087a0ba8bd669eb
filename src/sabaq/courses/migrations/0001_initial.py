import django.core.validators
import django.db.models.deletion
import i18nfield.fields
import sabaq.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='CourseVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('version', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('imported_at', models.DateTimeField()),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='courses.course')),
            ],
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('title', i18nfield.fields.I18nCharField(max_length=300)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('zone', models.CharField(max_length=60)),
                ('languages', models.JSONField(default=list)),
                ('seats', models.PositiveIntegerField()),
                ('overbooking', models.PositiveIntegerField(default=0)),
                ('women_aim', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MaxValueValidator(100)])),
                ('hours', models.DecimalField(decimal_places=1, max_digits=5)),
                ('attendance_minutes', models.PositiveSmallIntegerField(default=120)),
                ('is_named', models.BooleanField(default=True)),
                ('tests', models.JSONField(blank=True, default=list)),
                ('tests_extended', models.JSONField(blank=True, default=dict)),
                ('contact_name', i18nfield.fields.I18nCharField(max_length=200)),
                ('contact_function', i18nfield.fields.I18nCharField(max_length=300)),
                ('contact_office', i18nfield.fields.I18nCharField(max_length=300)),
                ('contact_email', models.EmailField(max_length=254)),
                ('notice', i18nfield.fields.I18nTextField(verbose_name='data notice')),
                ('notice_version', models.PositiveSmallIntegerField(default=1)),
                ('source_digest', models.CharField(blank=True, max_length=64)),
                ('projects', models.ManyToManyField(related_name='editions', to='programmes.project')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='courses.courseversion')),
            ],
            options={
                'ordering': ['-starts_on', 'slug'],
            },
        ),
        migrations.CreateModel(
            name='CountrySeats',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(choices=[('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('TJ', 'Tajikistan'), ('TM', 'Turkmenistan'), ('UZ', 'Uzbekistan')], max_length=2)),
                ('seats', models.PositiveIntegerField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='country_seats', to='courses.edition')),
            ],
            options={
                'ordering': ['country'],
            },
        ),
        migrations.CreateModel(
            name='Contributor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('key', models.SlugField(max_length=80)),
                ('kind', models.CharField(choices=[('trainer', 'Trainer'), ('speaker', 'Speaker'), ('interpreter', 'Interpreter')], max_length=12)),
                ('name', i18nfield.fields.I18nCharField(max_length=200)),
                ('function', i18nfield.fields.I18nCharField(max_length=300)),
                ('statement', i18nfield.fields.I18nTextField(blank=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contributors', to='courses.edition')),
            ],
            options={
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('administrator', 'Administrator'), ('organiser', 'Organiser'), ('host', 'Host'), ('focal-point', 'Focal point'), ('trainer', 'Trainer'), ('interpreter', 'Interpreter'), ('me-officer', 'M&E officer'), ('donor-observer', 'Donor observer'), ('communication', 'Communication officer'), ('representative', 'Representative'), ('participant', 'Participant'), ('guest-speaker', 'Guest speaker'), ('room', 'Room')], max_length=20)),
                ('country', models.CharField(blank=True, choices=[('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('TJ', 'Tajikistan'), ('TM', 'Turkmenistan'), ('UZ', 'Uzbekistan')], max_length=2)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to=settings.AUTH_USER_MODEL)),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('contributor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='courses.contributor')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appointments', to='courses.edition')),
            ],
        ),
        migrations.CreateModel(
            name='PackFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=300)),
                ('digest', models.CharField(max_length=64)),
                ('size', models.PositiveIntegerField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='courses.courseversion')),
            ],
            options={
                'ordering': ['path'],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('key', models.SlugField(max_length=80)),
                ('kind', models.CharField(choices=[('opening', 'Opening'), ('teaching', 'Lesson'), ('practice', 'Practice'), ('break', 'Break'), ('closing', 'Closing'), ('trial', 'Trial run')], max_length=10)),
                ('title', i18nfield.fields.I18nCharField(max_length=300)),
                ('topic', models.SlugField(blank=True, max_length=80)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('moved_from', models.DateTimeField(blank=True, null=True)),
                ('moved_at', models.DateTimeField(blank=True, null=True)),
                ('is_off_file', models.BooleanField(default=False)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('contributors', models.ManyToManyField(blank=True, related_name='sessions', to='courses.contributor')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='courses.edition')),
            ],
            options={
                'ordering': ['starts_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='SupportContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('country', models.CharField(choices=[('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('TJ', 'Tajikistan'), ('TM', 'Turkmenistan'), ('UZ', 'Uzbekistan')], max_length=2)),
                ('text', i18nfield.fields.I18nTextField()),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='support_contacts', to='courses.edition')),
            ],
        ),
        migrations.AddConstraint(
            model_name='courseversion',
            constraint=models.UniqueConstraint(fields=('course', 'version'), name='one_content_per_version'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='edition_ends_after_start'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('women_aim__lte', 100)), name='edition_aim_is_percent'),
        ),
        migrations.AddConstraint(
            model_name='countryseats',
            constraint=models.UniqueConstraint(fields=('edition', 'country'), name='seats_once_per_country'),
        ),
        migrations.AddConstraint(
            model_name='contributor',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='contributor_key_in_edition'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('agency__isnull', True)), fields=('edition', 'account', 'role', 'country'), name='one_appointment_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('agency__isnull', False)), fields=('edition', 'account', 'role', 'agency'), name='one_appointment_per_agency'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('role', 'focal-point'), _negated=True), ('agency__isnull', False), models.Q(('country', ''), _negated=True), _connector='OR'), name='focal_point_has_a_reach'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.CheckConstraint(condition=models.Q(('role__in', ['participant', 'guest-speaker', 'room', 'administrator']), _negated=True), name='appointment_is_a_staff_role'),
        ),
        migrations.AddConstraint(
            model_name='packfile',
            constraint=models.UniqueConstraint(fields=('version', 'path'), name='one_file_per_path'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('edition', 'key'), name='session_key_in_edition'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start'),
        ),
    ]
