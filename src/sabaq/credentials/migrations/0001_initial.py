import django.db.models.deletion
import sabaq.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('enrolment', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=sabaq.kernel.ids.new_uuid, editable=False, unique=True)),
                ('number', models.CharField(max_length=40, unique=True)),
                ('kind', models.CharField(choices=[('participation', 'Participation')], default='participation', max_length=14)),
                ('state', models.CharField(choices=[('valid', 'Valid'), ('replaced', 'Replaced'), ('withdrawn', 'Withdrawn')], default='valid', max_length=10)),
                ('native_name', models.CharField(max_length=160)),
                ('latin_name', models.CharField(max_length=160)),
                ('issued_at', models.DateTimeField()),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='enrolment.enrolment')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('enrolment', 'kind'), name='one_valid_certificate_of_a_kind')],
            },
        ),
    ]
