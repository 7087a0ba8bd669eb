import django.db.models.deletion
import i18nfield.fields
import sabaq.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('people', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Nomination',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('name_key', models.CharField(editable=False, max_length=320)),
                ('state', models.CharField(choices=[('proposed', 'To be decided'), ('confirmed', 'Confirmed'), ('reserve', 'On the reserve list'), ('declined', 'Not confirmed this time'), ('withdrawn', 'Withdrawn by the agency')], default='proposed', max_length=10)),
                ('nominated_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('reserve_rank', models.PositiveIntegerField(blank=True, null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='courses.edition')),
                ('nominated_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('nominee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('state', models.CharField(choices=[('active', 'Enrolled'), ('provisional', 'Admitted provisionally'), ('withdrawn', 'Withdrawn'), ('declined', 'Not confirmed this time')], default='active', max_length=12)),
                ('enrolled_at', models.DateTimeField()),
                ('profile_confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('notice_version', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('notice_read_at', models.DateTimeField(blank=True, null=True)),
                ('photo_agreed', models.BooleanField(blank=True, null=True)),
                ('voice_agreed', models.BooleanField(blank=True, null=True)),
                ('listing_agreed', models.BooleanField(blank=True, null=True)),
                ('lessons_read', models.JSONField(blank=True, default=list)),
                ('lesson_pages', models.JSONField(blank=True, default=dict)),
                ('tests_extended', models.JSONField(blank=True, default=dict)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='courses.edition')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('nomination', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolment', to='enrolment.nomination')),
            ],
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='room')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='place')),
                ('made_at', models.DateTimeField()),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency', verbose_name='agency')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rooms', to='courses.edition')),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.CreateModel(
            name='AccessLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('first_used_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('guest', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.contributor')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
                ('enrolment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='enrolment.enrolment')),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='links', to='enrolment.room')),
            ],
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('text', i18nfield.fields.I18nTextField(blank=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='call', to='courses.edition')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='call_closes_after_opening')],
            },
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('kind', models.SlugField(max_length=40)),
                ('state', models.CharField(choices=[('queued', 'Queued'), ('sending', 'Being sent'), ('sent', 'Sent'), ('waiting', 'To be handed over by you'), ('failed', 'Could not be sent')], default='queued', max_length=10)),
                ('queued_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='letters', to='enrolment.enrolment')),
            ],
            options={
                'ordering': ['id'],
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'kind'), name='one_letter_of_a_kind')],
            },
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(fields=('edition', 'agency', 'name_key'), name='one_nomination_per_officer', violation_error_message='This officer is already nominated by this agency.'),
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(fields=('edition', 'nominee'), name='one_nomination_per_person'),
        ),
        migrations.AddConstraint(
            model_name='enrolment',
            constraint=models.UniqueConstraint(fields=('edition', 'person'), name='one_enrolment_per_person'),
        ),
        migrations.AddConstraint(
            model_name='room',
            constraint=models.UniqueConstraint(fields=('edition', 'name'), name='room_name_in_edition'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('enrolment__isnull', False), ('guest__isnull', True), ('room__isnull', True), ('session__isnull', True)), models.Q(('enrolment__isnull', True), ('guest__isnull', False), ('room__isnull', True), ('session__isnull', False)), models.Q(('enrolment__isnull', True), ('guest__isnull', True), ('room__isnull', False), ('session__isnull', True)), _connector='OR'), name='link_is_for_one_kind_of_holder'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('enrolment',), name='one_open_link_per_enrolment'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.UniqueConstraint(condition=models.Q(('guest__isnull', False), ('revoked_at__isnull', True)), fields=('guest', 'session'), name='one_open_link_per_guest'),
        ),
        migrations.AddConstraint(
            model_name='accesslink',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at__isnull', True)), fields=('room',), name='one_open_link_per_room'),
        ),
    ]
