import django.db.models.deletion
import django.db.models.functions.text
import i18nfield.fields
import sabaq.kernel.ids
import sabaq.people.rules
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('key', models.SlugField(max_length=80, unique=True)),
                ('name', i18nfield.fields.I18nCharField(max_length=300, verbose_name='agency')),
                ('country', models.CharField(choices=[('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('TJ', 'Tajikistan'), ('TM', 'Turkmenistan'), ('UZ', 'Uzbekistan')], max_length=2, verbose_name='country')),
                ('kind', models.CharField(choices=[('police', 'Police'), ('border', 'Border service'), ('customs', 'Customs'), ('drug-control', 'Drug control'), ('prosecution', 'Prosecution'), ('training', 'Training institution'), ('other', 'Other agency')], max_length=20, verbose_name='kind of agency')),
            ],
            options={
                'ordering': ['country', 'key'],
                'constraints': [models.CheckConstraint(condition=models.Q(('country__in', ['KZ', 'KG', 'TJ', 'TM', 'UZ'])), name='agency_country_known')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('native_name', models.CharField(max_length=160, validators=[sabaq.people.rules.validate_native_name], verbose_name='full name in your own script')),
                ('latin_name', models.CharField(blank=True, max_length=160, validators=[sabaq.people.rules.validate_latin_name], verbose_name='name in Latin letters, as in the passport')),
                ('display_name', models.CharField(blank=True, max_length=160, verbose_name='name shown in class')),
                ('patronymic', models.CharField(blank=True, max_length=160, validators=[sabaq.people.rules.validate_native_name], verbose_name='patronymic')),
                ('name_key', models.CharField(db_index=True, editable=False, max_length=320)),
                ('sex', models.CharField(choices=[('female', 'Female'), ('male', 'Male'), ('undisclosed', 'Prefer not to say')], default='undisclosed', max_length=12, verbose_name='sex')),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('ky', 'Кыргызча'), ('tg', 'Тоҷикӣ'), ('tk', 'Türkmençe'), ('uz', 'Oʻzbekcha')], default='ru', max_length=2, verbose_name='preferred language')),
                ('country', models.CharField(blank=True, choices=[('KZ', 'Kazakhstan'), ('KG', 'Kyrgyzstan'), ('TJ', 'Tajikistan'), ('TM', 'Turkmenistan'), ('UZ', 'Uzbekistan')], max_length=2, verbose_name='country')),
                ('rank_band', models.CharField(blank=True, choices=[('junior', 'Junior'), ('middle', 'Middle'), ('senior', 'Senior'), ('command', 'Command')], max_length=10, verbose_name='rank')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail, if there is one')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agency')),
            ],
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail')),
                ('name', models.CharField(blank=True, max_length=160, verbose_name='name')),
                ('language', models.CharField(choices=[('en', 'English'), ('ru', 'Русский'), ('kk', 'Қазақша'), ('ky', 'Кыргызча'), ('tg', 'Тоҷикӣ'), ('tk', 'Türkmençe'), ('uz', 'Oʻzbekcha')], default='en', max_length=2, verbose_name='language')),
                ('is_active', models.BooleanField(default=True)),
                ('is_administrator', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.person')),
            ],
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('sex__in', ['female', 'male', 'undisclosed'])), name='person_sex_known'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_per_email'),
        ),
    ]
