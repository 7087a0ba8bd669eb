import django.core.validators
import django.db.models.deletion
import i18nfield.fields
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
            name='CertificateDesign',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('second_language', models.CharField(choices=[('russian', 'Russian, for everybody'), ('national', 'The national language of the holder’s country')], default='russian', max_length=10)),
                ('completion_test', models.SlugField(blank=True, max_length=80)),
                ('pass_mark', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)])),
                ('place', i18nfield.fields.I18nCharField(blank=True, max_length=200)),
                ('acknowledgement', i18nfield.fields.I18nTextField(blank=True)),
                ('edition', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='courses.edition')),
            ],
        ),
        migrations.CreateModel(
            name='DesignLogo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('name', i18nfield.fields.I18nCharField(max_length=200, verbose_name='whose logo it is')),
                ('digest', models.CharField(max_length=64)),
                ('kind', models.CharField(choices=[('png', 'PNG'), ('svg', 'SVG')], max_length=3)),
                ('design', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='logos', to='credentials.certificatedesign')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='DesignSignatory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('name', i18nfield.fields.I18nCharField(max_length=200)),
                ('function', i18nfield.fields.I18nCharField(max_length=300)),
                ('signature', models.CharField(blank=True, max_length=64)),
                ('signature_kind', models.CharField(blank=True, choices=[('png', 'PNG'), ('svg', 'SVG')], max_length=3)),
                ('design', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='signatories', to='credentials.certificatedesign')),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='DesignWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=2)),
                ('texts', models.JSONField(default=dict)),
                ('checked_by', models.CharField(blank=True, max_length=200)),
                ('checked_at', models.DateTimeField(blank=True, null=True)),
                ('design', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='wordings', to='credentials.certificatedesign')),
            ],
            options={
                'ordering': ['language'],
            },
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('participation', 'Participation'), ('completion', 'Completion')], default='participation', max_length=14)),
                ('state', models.CharField(choices=[('valid', 'Valid'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='valid', max_length=10)),
                ('native_name', models.CharField(max_length=160)),
                ('latin_name', models.CharField(max_length=160)),
                ('printed', models.JSONField()),
                ('issued_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='enrolment.enrolment')),
                ('replaced_by', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='credentials.certificate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('enrolment',), name='one_valid_certificate'), models.CheckConstraint(condition=models.Q(('replaced_by', None), ('state', 'replaced'), _connector='OR'), name='only_a_replaced_certificate_names_another')],
            },
        ),
        migrations.AddConstraint(
            model_name='certificatedesign',
            constraint=models.CheckConstraint(condition=models.Q(('pass_mark', None), models.Q(('pass_mark__gte', 1), ('pass_mark__lte', 100), models.Q(('completion_test', ''), _negated=True)), _connector='OR'), name='pass_mark_is_a_percentage_of_a_test'),
        ),
        migrations.AddConstraint(
            model_name='designlogo',
            constraint=models.UniqueConstraint(fields=('design', 'position'), name='one_logo_in_each_place'),
        ),
        migrations.AddConstraint(
            model_name='designlogo',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 4)), name='up_to_four_logos'),
        ),
        migrations.AddConstraint(
            model_name='designsignatory',
            constraint=models.UniqueConstraint(fields=('design', 'position'), name='one_signatory_in_each_place'),
        ),
        migrations.AddConstraint(
            model_name='designsignatory',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 2)), name='one_or_two_signatories'),
        ),
        migrations.AddConstraint(
            model_name='designwording',
            constraint=models.UniqueConstraint(fields=('design', 'language'), name='one_wording_per_language'),
        ),
    ]
