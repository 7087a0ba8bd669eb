import django.db.models.deletion
import i18nfield.fields
import sabaq.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('courses', '0001_initial'),
        ('enrolment', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='LiveClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('waiting', 'Not begun'), ('live', 'Live'), ('ended', 'Ended')], default='waiting', max_length=8)),
                ('last_seq', models.PositiveIntegerField(default=0)),
                ('slide', models.CharField(blank=True, max_length=80)),
                ('announced_seq', models.PositiveIntegerField(default=0)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='live_class', to='courses.session')),
            ],
        ),
        migrations.CreateModel(
            name='PollRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('poll', models.CharField(max_length=80)),
                ('kind', models.CharField(choices=[('single', 'One answer'), ('multiple', 'Several answers'), ('scale', 'Scale from 1 to 5'), ('word', 'One or two words')], default='single', max_length=8)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('results_shown_at', models.DateTimeField(blank=True, null=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('counted', models.PositiveIntegerField(default=0)),
                ('totals', models.JSONField(blank=True, default=dict)),
                ('totalled', models.PositiveIntegerField(default=0)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='polls', to='courses.session')),
            ],
        ),
        migrations.CreateModel(
            name='PollWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('word', models.CharField(blank=True, max_length=40)),
                ('votes', models.PositiveIntegerField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='classroom.pollrun')),
            ],
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_at', models.DateTimeField()),
                ('until_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
        ),
        migrations.CreateModel(
            name='PresenceCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('added', 'Minutes added'), ('taken', 'Minutes taken away'), ('undone', 'Correction undone')], max_length=8)),
                ('from_at', models.DateTimeField(blank=True, null=True)),
                ('until_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='undone_by', to='classroom.presencecorrection')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('text', models.CharField(blank=True, max_length=500)),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('ky', 'Кыргызча'), ('tg', 'Тоҷикӣ'), ('tk', 'Türkmençe'), ('uz', 'Oʻzbekcha')], max_length=2)),
                ('asked_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('supporters', models.PositiveIntegerField(default=0)),
                ('told', models.PositiveIntegerField(default=0)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('asker', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='enrolment.enrolment')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='merged', to='classroom.question')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
            options={
                'ordering': ['asked_at', 'id'],
            },
        ),
        migrations.CreateModel(
            name='QuestionTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('ky', 'Кыргызча'), ('tg', 'Тоҷикӣ'), ('tk', 'Türkmençe'), ('uz', 'Oʻzbekcha')], max_length=2)),
                ('text', models.CharField(max_length=500)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='classroom.question')),
            ],
            options={
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='RoomMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('room', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.room')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
        ),
        migrations.CreateModel(
            name='SpotPoll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('single', 'One answer'), ('multiple', 'Several answers'), ('scale', 'Scale from 1 to 5'), ('word', 'One or two words')], max_length=8)),
                ('language', models.CharField(max_length=2)),
                ('question', models.JSONField(default=dict)),
                ('options', models.JSONField(blank=True, default=list)),
                ('written_by', models.CharField(blank=True, max_length=64)),
                ('written_at', models.DateTimeField()),
                ('revision', models.PositiveIntegerField(default=0)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
        ),
        migrations.CreateModel(
            name='Support',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mark', models.CharField(max_length=32)),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='classroom.question')),
            ],
        ),
        migrations.CreateModel(
            name='Vote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('choices', models.JSONField(default=list)),
                ('is_new', models.BooleanField(default=True)),
                ('taken', models.JSONField(blank=True, default=list)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='votes', to='classroom.pollrun')),
            ],
        ),
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('text', i18nfield.fields.I18nTextField(blank=True)),
                ('posted_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
            options={
                'ordering': ['-posted_at', '-id'],
                'indexes': [models.Index(fields=['session', 'posted_at'], name='announcement_of_session')],
                'constraints': [models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('text', ''), _connector='OR'), name='removed_announcement_has_no_text')],
            },
        ),
        migrations.CreateModel(
            name='ClassEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seq', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=40)),
                ('audience', models.CharField(choices=[('all', 'all'), ('staff', 'staff'), ('one', 'one enrolment')], max_length=8)),
                ('payload', models.JSONField(default=dict)),
                ('actor_key', models.CharField(blank=True, max_length=64)),
                ('at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
            options={
                'ordering': ['session', 'seq'],
                'indexes': [models.Index(fields=['session', 'kind', 'seq'], name='event_by_kind')],
                'constraints': [models.UniqueConstraint(fields=('session', 'seq'), name='one_event_per_seq'), models.CheckConstraint(condition=models.Q(models.Q(('audience', 'one'), ('enrolment__isnull', False)), models.Q(('audience', 'one'), _negated=True), _connector='OR'), name='event_for_one_names_the_enrolment')],
            },
        ),
        migrations.CreateModel(
            name='Hand',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('raised_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(blank=True, null=True)),
                ('lowered_at', models.DateTimeField(blank=True, null=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lowered_at__isnull', True)), fields=('session', 'enrolment'), name='one_hand_up_per_person')],
            },
        ),
        migrations.CreateModel(
            name='HelpCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('trouble', models.CharField(choices=[('senses', 'I cannot hear or see'), ('stuck', 'My page does not move'), ('other', 'Something else')], max_length=8)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('reply', models.CharField(blank=True, max_length=300)),
                ('browser', models.CharField(blank=True, max_length=60)),
                ('screen_width', models.PositiveIntegerField(blank=True, null=True)),
                ('connection', models.CharField(blank=True, max_length=20)),
                ('round_trip_ms', models.PositiveIntegerField(blank=True, null=True)),
                ('following', models.CharField(blank=True, choices=[('stream', 'by a live stream'), ('asking', 'by asking again and again'), ('reloading', 'by reloading itself')], max_length=10)),
                ('silent_seconds', models.PositiveIntegerField(blank=True, null=True)),
                ('called_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='enrolment.enrolment')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.session')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('session', 'enrolment'), name='one_open_help_call_per_person')],
            },
        ),
        migrations.AddConstraint(
            model_name='pollrun',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('session',), name='one_open_poll_per_session'),
        ),
        migrations.AddConstraint(
            model_name='pollword',
            constraint=models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('word', ''), _connector='OR'), name='removed_word_holds_no_text'),
        ),
        migrations.AddIndex(
            model_name='presence',
            index=models.Index(fields=['session', 'enrolment', 'until_at'], name='presence_latest'),
        ),
        migrations.AddConstraint(
            model_name='presence',
            constraint=models.CheckConstraint(condition=models.Q(('until_at__gte', models.F('from_at'))), name='presence_runs_forward'),
        ),
        migrations.AddConstraint(
            model_name='presencecorrection',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='correction_has_a_reason'),
        ),
        migrations.AddConstraint(
            model_name='presencecorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'undone'), ('undoes__isnull', False)), models.Q(models.Q(('kind', 'undone'), _negated=True), ('undoes__isnull', True)), _connector='OR'), name='correction_undoes_or_changes'),
        ),
        migrations.AddConstraint(
            model_name='presencecorrection',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('from_at__isnull', True), ('until_at__isnull', True)), ('until_at__gt', models.F('from_at')), _connector='OR'), name='correction_runs_forward'),
        ),
        migrations.AddIndex(
            model_name='question',
            index=models.Index(fields=['session', 'asked_at'], name='question_of_session'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), models.Q(('asker__isnull', True), ('text', '')), _connector='OR'), name='removed_question_has_no_text'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='question_not_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='questiontranslation',
            constraint=models.UniqueConstraint(fields=('question', 'language'), name='one_translation_per_language'),
        ),
        migrations.AddConstraint(
            model_name='roommark',
            constraint=models.UniqueConstraint(fields=('session', 'enrolment'), name='in_one_room_of_a_session'),
        ),
        migrations.AddConstraint(
            model_name='support',
            constraint=models.UniqueConstraint(fields=('question', 'mark'), name='one_support_per_person'),
        ),
        migrations.AddConstraint(
            model_name='vote',
            constraint=models.UniqueConstraint(fields=('run', 'enrolment'), name='one_vote_per_person'),
        ),
    ]
